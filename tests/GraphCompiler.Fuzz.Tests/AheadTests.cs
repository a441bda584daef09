using System.Globalization;
using System.Runtime.InteropServices;
using GraphCompiler.Ahead;
using GraphCompiler.Compile;
using GraphCompiler.Fuzz.Cases;
using GraphCompiler.Fuzz.Drawing;
using GraphCompiler.Runtime;
using GraphCompiler.Schedule;
using GraphCompiler.Tests.Ahead;
using GraphCompiler.Tests.EndToEnd;

namespace GraphCompiler.Fuzz.Tests;

/// <summary>
/// Random graphs as typed classes, compiled as a project of somebody else's would: what they leave behind are the bits of
/// the run-time path. GRAPHC_FUZZ_AHEAD says another number of graphs.
/// </summary>
public sealed class AheadTests
{
    private const int BatchSize = 12;

    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("GRAPHC_FUZZ_AHEAD"), CultureInfo.InvariantCulture, out var count) ? count : 2 * BatchSize;

    [Test]
    public void Classes_OfRandomGraphs_LeaveTheBitsOfTheRunTimePath()
    {
        foreach (var seeds in Enumerable.Range(800_000, Count).Chunk(BatchSize))
        {
            var cases = seeds.Select(static seed => (Case: GraphGenerator.Draw(seed), Target: KernelTargets.Supported[seed % KernelTargets.Supported.Length])).ToArray();
            var graphs = cases.Select(static c => c.Case.Steps.Build(everyNode: false).Graph).ToArray();
            var programs = graphs.Zip(cases, static (graph, c) =>
                (graph, Pipeline.Generate(graph, new Configuration { SplitsAll = true }.Options(c.Target, $"Run{c.Case.Seed}"), CancellationToken.None)));
            var compiled = SharedCompilation.Run("RunTime", [.. programs], CancellationToken.None);
            var assembly = AheadCompilation.Load(graphs.Zip(cases, static (graph, c) => GraphSource.Emit(
                graph, new EmitOptions { ClassName = $"Net{c.Case.Seed}", Targets = [c.Target], Split = SplitPolicy.Always })));
            for (var i = 0; i < cases.Length; i++)
            {
                foreach (var input in cases[i].Case.Runs)
                {
                    var feeds = input.Feeds(graphs[i]);
                    var expected = GraphRun.Run(graphs[i], compiled[i], feeds, input.Symbols.Values.First(), workers: 1);
                    using var net = new AheadObject(assembly, $"Net{cases[i].Case.Seed}", workers: 2);
                    Compare(expected, Run(net, compiled[i].Layout, $"Net{cases[i].Case.Seed}", input, feeds.ToDictionary(static f => f.Key.Name, static f => f.Value.Data)), graphs[i]);
                }
            }

            foreach (var program in compiled)
            {
                program.Dispose();
            }
        }
    }

    private static void Compare(List<GraphRun.Result> expected, Dictionary<(string Name, bool IsVariable), byte[]> actual, Graph graph)
    {
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.That(actual[(expected[i].Name, i >= graph.Outputs.Count)].AsSpan().SequenceEqual(expected[i].Bits), $"{graph.Name}: {expected[i].Name}");
        }
    }

    private static Dictionary<(string Name, bool IsVariable), byte[]> Run(
        AheadObject net, ProgramLayout layout, string className, RunInput input, Dictionary<string, double[]> feeds)
    {
        var members = new TypedMembers(className, layout);
        foreach (var symbol in members.Symbols)
        {
            net.Set(symbol.Property, input.Symbols[symbol.Symbol.Name]);
        }

        foreach (var member in members.Inputs)
        {
            var values = feeds[member.Slot.Name];
            Typed(member.Slot.Type, () => Fill(values, net.Input<float>(member.Property)), () => Fill(values, net.Input<double>(member.Property)), () => Fill(values, net.Input<int>(member.Property)), () => Fill(values, net.Input<bool>(member.Property)));
        }

        var variables = layout.Slots.Where(static s => s.Kind == SlotKind.Variable).ToArray();
        foreach (var slot in variables)
        {
            var (variable, values) = (net.Variables[slot.Name], feeds[slot.Name]);
            Typed(slot.Type, () => variable.Write(To<float>(values)), () => variable.Write(To<double>(values)), () => variable.Write(To<int>(values)), () => variable.Write(To<bool>(values)));
        }

        net.Call(layout.WritesVariables ? "Train" : "Run");
        var results = new Dictionary<(string, bool), byte[]>();
        foreach (var member in members.Outputs)
        {
            void Keep<T>() where T : unmanaged => results[(member.Slot.Name, false)] = Bytes(net.Output<T>(member.Property));
            Typed(member.Slot.Type, Keep<float>, Keep<double>, Keep<int>, Keep<bool>);
        }

        foreach (var slot in variables)
        {
            void Keep<T>() where T : unmanaged => results[(slot.Name, true)] = Bytes(net.Variables[slot.Name].Read<T>());
            Typed(slot.Type, Keep<float>, Keep<double>, Keep<int>, Keep<bool>);
        }

        return results;
    }

    private static void Typed(DType type, Action float32, Action float64, Action int32, Action boolean) =>
        (type switch { DType.Float32 => float32, DType.Float64 => float64, DType.Int32 => int32, _ => boolean })();

    private static void Fill<T>(double[] values, Span<T> into) where T : unmanaged => To<T>(values).CopyTo(into);

    private static T[] To<T>(double[] values) where T : unmanaged =>
        typeof(T) == typeof(bool) ? (T[])(object)Array.ConvertAll(values, static v => v != 0)
        : typeof(T) == typeof(float) ? (T[])(object)Array.ConvertAll(values, static v => (float)v)
        : typeof(T) == typeof(int) ? (T[])(object)Array.ConvertAll(values, static v => (int)v)
        : (T[])(object)values;

    private static byte[] Bytes<T>(T[] values) where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
