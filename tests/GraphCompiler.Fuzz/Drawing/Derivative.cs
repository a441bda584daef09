using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Fuzz.Drawing;

/// <summary>Derivatives of what has been drawn; they join the pool, so that later ones are derivatives of derivatives.</summary>
internal static class Derivative
{
    public static List<Tensor> Draw(Pool pool, System.Random random)
    {
        try
        {
            var y = pool.Float();
            Tensor[] reachable = [.. Traversal.Ancestors([y]).SelectMany(static n => n.Results).Where(t => t.DType.IsFloating() && pool.Tensors.Contains(t))];
            Tensor[] wrt = [.. reachable.Where(t => t.Node.Inputs.IsEmpty || random.Next(4) == 0).OrderBy(_ => random.Next()).Take(4)];
            if (wrt.Length == 0)
            {
                return [];
            }

            Tensor[] directions = [.. wrt.Select(pool.Same)];
            return random.Next(8) switch
            {
                0 => [pool.Graph.Jvp(y, wrt, directions)],
                1 => [.. pool.Graph.VectorJacobianProduct(y, pool.Same(y), wrt)],
                2 => [.. pool.Graph.Hvp(Loss(pool, y), wrt, directions)],
                3 or 4 => [.. Twice(pool, y, wrt)],
                _ => [.. pool.Graph.Gradients(Loss(pool, y), wrt)],
            };
        }
        catch (GraphException)
        {
            return []; // no gradient, and it says why
        }
    }

    // Backward of backward: the gradient of a function of a gradient.
    private static IEnumerable<Tensor> Twice(Pool pool, Tensor y, Tensor[] wrt)
    {
        var first = pool.Graph.Gradients(Loss(pool, y), wrt);
        return [.. first, .. pool.Graph.Gradients(Loss(pool, first[pool.Next(first.Length)]), wrt)];
    }

    private static Tensor Loss(Pool pool, Tensor y) => y.Rank == 0 && pool.Chance(2) ? y : pool.Next(3) switch
    {
        0 => y.Sum(),
        1 => (y * y).Mean(),
        _ => (y * pool.Same(y)).Sum(),
    };
}
