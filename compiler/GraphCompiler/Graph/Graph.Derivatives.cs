using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security;
using GraphCompiler.Autodiff;

namespace GraphCompiler;

// Derivatives along a direction: forward mode, and second order.
public sealed partial class Graph
{
    /// <summary>
    /// Jacobian-vector product, forward mode: how <paramref name="y"/> moves when each of <paramref name="wrt"/> moves along
    /// its tangent, <c>Σ (∂y/∂wrt)·tangent</c>. The Jacobian is never formed.
    /// </summary>
    /// <param name="y">A floating tensor of any shape.</param>
    /// <param name="wrt">Floating tensors: inputs, parameters or anything between.</param>
    /// <param name="tangents">One for each of <paramref name="wrt"/>, of its type.</param>
    /// <returns>The type of <paramref name="y"/>; zero where it does not depend on any. Named <c>t_</c> and the name of <paramref name="y"/>.</returns>
    /// <remarks>Ordinary graph: it can be differentiated again. It costs about as much as the function, once for each direction; one gradient costs as much for all directions of a scalar, so this is for few inputs and many results.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0117: a tensor of another graph. GRC0302: an integer. GRC0303: an operator without a gradient. GRC0305: not one tangent of the same type each.</exception>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public Tensor Jvp(Tensor y, ReadOnlySpan<Tensor> wrt, ReadOnlySpan<Tensor> tangents)
    {
        ArgumentNullException.ThrowIfNull(y);
        var origin = Origin.OfCaller(this);
        BackwardBuilder.CheckSources(this, [y], origin);
        ForwardBuilder.Check(this, "Jvp", wrt, tangents, origin);
        return ForwardBuilder.Build(this, [y], wrt, tangents, origin)[0];
    }

    /// <summary>
    /// Hessian-vector product of a scalar: how its gradient moves when each of <paramref name="wrt"/> moves along its vector,
    /// <c>Σⱼ (∂²loss/∂wrtᵢ∂wrtⱼ)·vectorⱼ</c>. The Hessian is never formed.
    /// </summary>
    /// <param name="loss">A floating scalar.</param>
    /// <param name="wrt">Floating tensors: inputs, parameters or anything between.</param>
    /// <param name="vectors">One for each of <paramref name="wrt"/>, of its type.</param>
    /// <returns>One product for each of <paramref name="wrt"/>, of its type.</returns>
    /// <remarks>Forward mode over the gradient. Piecewise linear functions have zero second derivatives: a rectifier's curvature is that of what surrounds it.</remarks>
    /// <exception cref="Runtime.GraphException">GRC0117: a tensor of another graph. GRC0301: not a scalar. GRC0302: an integer. GRC0303: an operator without a gradient. GRC0305: not one vector of the same type each.</exception>
    [MethodImpl(MethodImplOptions.NoInlining), DynamicSecurityMethod]
    public ImmutableArray<Tensor> Hvp(Tensor loss, ReadOnlySpan<Tensor> wrt, ReadOnlySpan<Tensor> vectors)
    {
        var origin = Origin.OfCaller(this);
        ForwardBuilder.Check(this, "Hvp", wrt, vectors, origin);
        var gradients = BackwardBuilder.Build(this, loss, upstream: null, wrt, origin);
        return ForwardBuilder.Build(this, gradients.AsSpan(), wrt, vectors, origin);
    }
}
