using System.Collections.Immutable;
using GraphCompiler.Autodiff;
using GraphCompiler.Kernels;
using GraphCompiler.Optimize;
using GraphCompiler.Reference;
using GraphCompiler.Shapes;

namespace GraphCompiler.Operators;

/// <summary>
/// What a node applies, with all rules that the compiler asks for: shapes, gradient, kernel, definition, cost. A record:
/// its fields are its attributes, so equal attributes are the equal operator and the node is shared.
/// </summary>
public abstract record Operator
{
    /// <summary>Stable lower-case name in dumps, generated code and documentation.</summary>
    public abstract string Name { get; }

    /// <summary>One type for each result; the place of every check on shapes and element types.</summary>
    internal abstract EquatableArray<TensorType> Infer(InferScope s);

    /// <summary>Whether the operator applies to so many inputs. Methods that build nodes know; files are asked.</summary>
    internal virtual bool Accepts(int inputs) => inputs == 1;

    /// <summary>Gradients with respect to the inputs, as nodes; or the reason why there are none.</summary>
    internal abstract InputGradients Gradient(GradientScope g);

    /// <summary>What the kernel computes, in kernel IR.</summary>
    internal abstract Lowering Lower(LoweringScope s);

    /// <summary>The definition: naive loops in double.</summary>
    internal abstract void Reference(ReferenceScope r);

    /// <summary>Arithmetic work and traffic of one application, if nothing were fused.</summary>
    internal abstract Cost Cost(Node node);

    /// <summary>True when element i of the result is a function of element i of the (broadcast) inputs, and of nothing else.</summary>
    internal virtual bool IsElementwise => false;

    /// <summary>Algebraic laws of this operator alone: the same for all operators of its type.</summary>
    internal virtual ImmutableArray<Rule> Rewrites => [];

    /// <summary>True when nothing is computed: an element of the result is an element of the input at a mapped index.</summary>
    internal virtual bool IsView => false;

    /// <summary>True for a view that keeps the row-major order of all elements: its memory is the input's memory.</summary>
    internal virtual bool KeepsOrder => false;

    /// <summary>The name and the attributes.</summary>
    public override string ToString() => Name;
}
