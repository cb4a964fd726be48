/**
 * One line for every request, also for those that Tomcat rejects.
 */
@NullMarked
package io.pyserver.accesslog;

import org.jspecify.annotations.NullMarked;
