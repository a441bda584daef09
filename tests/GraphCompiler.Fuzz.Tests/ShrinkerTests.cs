using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Fuzz.Checks;
using GraphCompiler.Fuzz.Drawing;
using GraphCompiler.Fuzz.Reports;
using GraphCompiler.Fuzz.Shrinking;
using GraphCompiler.Operators;

namespace GraphCompiler.Fuzz.Tests;

public sealed class ShrinkerTests
{
    /// <summary>A fault that is there whenever two operators are: what is left is those, small, without symbols.</summary>
    [Test]
    public void Shrink_OfACaseThatFailsByTwoOperators_LeavesLittleElse()
    {
        static Failure? Fails(FuzzCase c) =>
            c.Steps.Steps.Any(static s => s.Operator is ExpOp) && c.Steps.Steps.Any(static s => s.Operator is MultiplyOp) ? new Failure("planted", "") : null;
        var found = 0;
        for (var seed = 1; seed <= 60 && found < 8; seed++)
        {
            var fuzz = GraphGenerator.Draw(seed);
            if (Fails(fuzz) is not { } failure)
            {
                continue;
            }

            found++;
            var shrinker = new Shrinker(Fails, TimeSpan.FromMinutes(1));
            var small = shrinker.Shrink(fuzz, failure).Case;
            Assert.That(shrinker.Attempts, Is.LessThan(10_000), "it comes to an end");
            Assert.That(small.Steps.Steps, Has.Length.AtMost(7), () => CSharpPrinter.Print(small));
            Assert.That(CSharpLiteral.SymbolsOf(small.Steps), Is.Empty);
            Assert.That(small.Runs, Has.Length.EqualTo(1));
            Assert.That(small.Configuration.OtherWorkers, Is.EqualTo(1));
        }

        Assert.That(found, Is.EqualTo(8));
    }
}
