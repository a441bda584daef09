namespace GraphCompiler.Fuzz.Drawing;

/// <summary>One way to add to a random graph.</summary>
/// <param name="Method">The method of <see cref="Operators.Op"/> that is called: each has to have an entry.</param>
/// <param name="Apply">Takes operands from the drawing. May throw: what an operator refuses is not drawn.</param>
/// <param name="Weight">How often, relative to others.</param>
internal sealed record Draw(string Method, Func<Pool, Tensor> Apply, int Weight = 1);
