package io.pyserver.lab.k3s;

import java.lang.reflect.Method;

import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

import io.pyserver.lab.cluster.Keep;

/** Notices that a test failed, for {@link Keep#ON_FAILURE}. */
final class FailureWatch implements InvocationInterceptor {

	@Override
	public void interceptBeforeAllMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method,
			ExtensionContext context) throws Throwable {
		watch(invocation);
	}

	@Override
	public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method,
			ExtensionContext context) throws Throwable {
		watch(invocation);
	}

	@Override
	public <T> T interceptTestFactoryMethod(Invocation<T> invocation, ReflectiveInvocationContext<Method> method,
			ExtensionContext context) throws Throwable {
		return watch(invocation);
	}

	@Override
	public void interceptDynamicTest(Invocation<Void> invocation, DynamicTestInvocationContext test,
			ExtensionContext context) throws Throwable {
		watch(invocation);
	}

	private static <T> T watch(Invocation<T> invocation) throws Throwable {
		try {
			return invocation.proceed();
		}
		catch (TestAbortedException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			Keep.sayFailed();
			throw ex;
		}
	}

}
