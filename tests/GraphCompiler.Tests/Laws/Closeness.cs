using System.Globalization;
using GraphCompiler.Reference;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tests.Laws;

/// <summary>Whether a result is as close to the definition as a <see cref="Tolerance"/> asks.</summary>
internal static class Closeness
{
    /// <summary>Null, or where and by how much the result is too far away.</summary>
    public static string? Problem(Tolerance tolerance, ReferenceArray actual, Tensor tensor, SampleScope scope, long n)
    {
        // Integers and truth values are exact, whatever the family allows its floating results.
        var kind = tensor.DType.IsFloating() ? tolerance.Kind : ToleranceKind.Exact;
        var rounding = kind is ToleranceKind.Exact or ToleranceKind.Epsilons;
        var expected = scope.Run(n, rounding).Evaluate(tensor);
        if (!actual.Shape.SequenceEqual(expected.Shape) || actual.Type != expected.Type)
        {
            return $"{actual.Type.Name()}[{string.Join(", ", actual.Shape)}] instead of {expected.Type.Name()}[{string.Join(", ", expected.Shape)}]";
        }

        return kind switch
        {
            ToleranceKind.Exact => Bits.FirstDifference(actual.Data, expected.Data),
            ToleranceKind.Ulp => First(actual, expected, (a, e, _) => Ulps.Distance(a, e, actual.Type) <= tolerance.Bound),
            ToleranceKind.Epsilons => First(actual, expected, (a, e, _) =>
                Bits.AreEqual(a, e) || Math.Abs(a - e) <= tolerance.Bound * Epsilon(actual.Type) * Math.Max(1, Math.Abs(e))),
            _ => Sums(tolerance, actual, expected, tensor, scope, n),
        };
    }

    // An operator that sums terms yields Σ|terms| of the absolute values of its inputs, and the number of terms of ones.
    private static string? Sums(Tolerance tolerance, ReferenceArray actual, ReferenceArray expected, Tensor tensor, SampleScope scope, long n)
    {
        var magnitudes = Mapped(tensor, scope, n, Math.Abs);
        var counts = Mapped(tensor, scope, n, static _ => 1);
        var largest = actual.Type == DType.Float32 ? float.MaxValue : double.MaxValue;
        return First(actual, expected, (a, e, i) =>
        {
            // Beyond the range of the type a partial sum may be infinite, and then NaN, in one order and not in another.
            var terms = magnitudes.Data[i];
            var overflows = double.IsFinite(terms) && terms >= largest;
            return overflows || Bits.AreEqual(a, e) || (double.IsFinite(e) && double.IsFinite(a)
                && Math.Abs(a - e) <= tolerance.Bound * Math.Sqrt(counts.Data[i]) * Epsilon(actual.Type) * terms);
        });
    }

    private static ReferenceArray Mapped(Tensor tensor, SampleScope scope, long n, Func<double, double> map)
    {
        var interpreter = scope.Run(n);
        foreach (var (leaf, value) in scope.Feeds(n).Where(static f => f.Leaf.DType.IsFloating()))
        {
            interpreter.Feed(leaf, new ReferenceArray(value.Type, value.Shape, [.. value.Data.Select(map)]));
        }

        return interpreter.Evaluate(tensor);
    }

    private static string? First(ReferenceArray actual, ReferenceArray expected, Func<double, double, int, bool> isClose)
    {
        for (var i = 0; i < actual.Data.Length; i++)
        {
            if (!isClose(actual.Data[i], expected.Data[i], i))
            {
                return string.Create(CultureInfo.InvariantCulture, $"element {i} is {actual.Data[i]:R} instead of {expected.Data[i]:R}");
            }
        }

        return null;
    }

    /// <summary>Distance from 1 to the next number.</summary>
    private static double Epsilon(DType type) => type == DType.Float32 ? 1.1920929e-7 : 2.220446049250313e-16;
}
