/** One log line for each request, including those that Tomcat rejects. */
@NullMarked
package io.pyserver.accesslog;

import org.jspecify.annotations.NullMarked;
