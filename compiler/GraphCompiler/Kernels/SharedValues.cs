using System.Collections.Immutable;

namespace GraphCompiler.Kernels;

/// <summary>
/// Values that a loop body reads more than once become locals. The expressions of inline nodes are repeated wherever
/// they are read, as one object; what is used once stays where it is used. No operation changes, so no bit does.
/// </summary>
/// <param name="names">The shared objects, with a name for each.</param>
/// <param name="axis">Of the loop.</param>
internal sealed class SharedValues(IReadOnlyDictionary<KernelExpr, string> names, Axis axis)
{
    private readonly Dictionary<KernelExpr, int> _uses = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<KernelExpr, LocalExpr> _locals = new(ReferenceEqualityComparer.Instance);
    private readonly List<KernelStatement> _into = [];

    /// <summary>Bodies of loops, the loops within them first.</summary>
    public static ImmutableArray<KernelStatement> InLoops(ImmutableArray<KernelStatement> statements, IReadOnlyDictionary<KernelExpr, string> names) =>
        names.Count == 0 ? statements : [.. statements.Select(s => s switch
        {
            ForStatement loop => loop.With(new SharedValues(names, loop.Axis).Body(InLoops(loop.Body, names))),
            ReduceStatement reduce => new ReduceStatement(reduce.Accumulators, InLoops(reduce.Body, names)),
            _ => s,
        })];

    private ImmutableArray<KernelStatement> Body(ImmutableArray<KernelStatement> statements)
    {
        foreach (var statement in statements)
        {
            foreach (var value in ValuesOf(statement))
            {
                Count(value);
            }
        }

        foreach (var statement in statements)
        {
            var next = statement switch
            {
                LetStatement let => new LetStatement(let.Local, Share(let.Value), let.Comment) { Node = let.Node },
                StoreStatement store => new StoreStatement(store.Access, Share(store.Value), store.Comment) { Node = store.Node },
                AccumulateStatement { Value: BinaryExpr { Op: BinaryMachineOp.Multiply } b } a =>
                    new AccumulateStatement(a.Accumulator, Like(b, new BinaryExpr(b.Op, Share(b.A), Share(b.B))), a.Comment) { Node = a.Node },
                AccumulateStatement a => new AccumulateStatement(a.Accumulator, Share(a.Value), a.Comment) { Node = a.Node },
                _ => statement,
            };
            _into.Add(next);
            if (next is not (LetStatement or AccumulateStatement))
            {
                _locals.Clear(); // it may have overwritten what they were computed from
            }
        }

        return [.. _into];
    }

    // A product that is summed stays with its sum: the two are one rounding.
    private static IEnumerable<KernelExpr> ValuesOf(KernelStatement statement) => statement switch
    {
        LetStatement let => [let.Value],
        StoreStatement store => [store.Value],
        AccumulateStatement { Value: BinaryExpr { Op: BinaryMachineOp.Multiply } product } => [product.A, product.B],
        AccumulateStatement a => [a.Value],
        _ => [],
    };

    private bool IsShareable(KernelExpr expr) =>
        expr is (UnaryExpr or BinaryExpr or FmaExpr or SelectExpr or CastExpr) && names.ContainsKey(expr) && Varies(expr);

    // What is the same for all iterations is left to the emitter, which computes it in front of the loop.
    private bool Varies(KernelExpr expr) => expr switch
    {
        ConstantExpr or DimExpr => false,
        IndexExpr i => i.Index.Terms.Any(t => ReferenceEquals(t.Axis, axis)),
        LoadExpr l => l.Access.StrideOf(axis) != 0 || (l.Access.Indirect is { } x && Varies(x)),
        UnaryExpr u => Varies(u.X),
        BinaryExpr b => Varies(b.A) || Varies(b.B),
        FmaExpr f => Varies(f.A) || Varies(f.B) || Varies(f.C),
        SelectExpr s => Varies(s.Condition) || Varies(s.WhenTrue) || Varies(s.WhenFalse),
        CastExpr c => Varies(c.X),
        _ => true,
    };

    // What is within a shared value is there once, in its local.
    private void Count(KernelExpr expr)
    {
        if (IsShareable(expr))
        {
            _uses[expr] = _uses.GetValueOrDefault(expr) + 1;
            if (_uses[expr] > 1)
            {
                return;
            }
        }

        Rebuild(expr, x =>
        {
            Count(x);
            return x;
        });
    }

    private KernelExpr Share(KernelExpr expr)
    {
        if (!IsShareable(expr) || _uses[expr] < 2)
        {
            return Rebuild(expr, Share);
        }

        if (!_locals.TryGetValue(expr, out var local))
        {
            local = new LocalExpr(new Local(names[expr], expr.Type));
            _into.Add(new LetStatement(local.Local, Rebuild(expr, Share)));
            _locals.Add(expr, local);
        }

        return local;
    }

    private static KernelExpr Rebuild(KernelExpr expr, Func<KernelExpr, KernelExpr> map) => expr switch
    {
        UnaryExpr u => Like(u, new UnaryExpr(u.Op, map(u.X))),
        BinaryExpr b => Like(b, new BinaryExpr(b.Op, map(b.A), map(b.B))),
        FmaExpr f => Like(f, new FmaExpr(map(f.A), map(f.B), map(f.C))),
        SelectExpr s => Like(s, new SelectExpr(map(s.Condition), map(s.WhenTrue), map(s.WhenFalse))),
        CastExpr c => Like(c, new CastExpr(c.Type, map(c.X))),
        _ => expr,
    };

    private static KernelExpr Like(KernelExpr known, KernelExpr expr)
    {
        expr.ComputesAlso(known);
        return expr;
    }
}
