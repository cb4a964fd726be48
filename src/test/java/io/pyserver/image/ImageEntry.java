package io.pyserver.image;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file, folder or link, as a layer lists it.
 *
 * @param type a letter of {@code ls}: {@code -} a file, {@code d} a folder
 * @param permissions such as {@code rwxr-xr-x}
 * @param user the number of its owner
 * @param group the number of its group
 * @param path from {@code /} on
 * @param ours whether the build has put it there, and not the base image
 */
record ImageEntry(char type, String permissions, int user, int group, String path, boolean ours) {

	private static final Pattern LISTED = Pattern
		.compile("(.)([-rwxsStT]{9})\\s+(\\d+)/(\\d+)\\s+\\S+\\s+\\S+ \\S+ (?:\\./)?(.*?)/?(?: -> .*| link to .*)?");

	/**
	 * An entry.
	 * @param line of {@code tar --list --verbose --numeric-owner}
	 */
	static ImageEntry of(String line, boolean ours) {
		Matcher listed = LISTED.matcher(line);
		if (!listed.matches()) {
			throw new IllegalArgumentException("No line of tar: " + line);
		}
		return new ImageEntry(listed.group(1).charAt(0), listed.group(2), Integer.parseInt(listed.group(3)),
				Integer.parseInt(listed.group(4)), "/" + listed.group(5), ours);
	}

	boolean isFile() {
		return this.type == '-' || this.type == 'h';
	}

	boolean isFolder() {
		return this.type == 'd';
	}

	/** Whether who runs it becomes its owner or one of its group. */
	boolean raisesPrivileges() {
		return isFile() && (isSet(2, 's') || isSet(2, 'S') || isSet(5, 's') || isSet(5, 'S'));
	}

	boolean isWritableBy(int user, int group) {
		return (this.user == user && isSet(1, 'w')) || (this.group == group && isSet(4, 'w')) || isSet(7, 'w');
	}

	private boolean isSet(int place, char letter) {
		return this.permissions.charAt(place) == letter;
	}

	@Override
	public String toString() {
		return "%s%s %d/%d %s".formatted(this.type, this.permissions, this.user, this.group, this.path);
	}

}
