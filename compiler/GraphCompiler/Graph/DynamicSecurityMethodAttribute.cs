namespace System.Security;

/// <summary>
/// Marks a method that looks for its caller on the stack. The compiler turns it, by its full name, into the flag
/// <c>RequireSecObject</c> (ECMA-335 II.23.1.10), for which the JIT neither inlines the caller of the method into its own
/// caller nor makes the call a tail call: the frame above is the method that has the call. A runtime that ignores the
/// flag costs a line number, nothing else.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DynamicSecurityMethodAttribute : Attribute;
