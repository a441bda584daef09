using System.Globalization;
using GraphCompiler.Diagnostics;
using GraphCompiler.Inspect;

namespace GraphCompiler.Tool.Cli;

/// <summary>Finds a node by what a user calls it.</summary>
internal static class NodeFinder
{
    private const int Suggestions = 8;

    /// <summary>The node of this name, output or number.</summary>
    /// <exception cref="UserError">There is none, or there are several; it says which are alike.</exception>
    public static InspectedNode Find(GraphInspection inspection, string name)
    {
        if (name.StartsWith('%') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id < inspection.Nodes.Length)
        {
            return inspection.Nodes[id];
        }

        List<InspectedNode> named = [.. inspection.Nodes.Where(n => n.Results.Any(r => r.Name == name || r.Names.Contains(name)))];
        return named switch
        {
            [var one] => one,
            [] => inspection.Nodes.FirstOrDefault(n => n.Results.Any(r => r.Outputs.Contains(name))) ?? throw new UserError(NotThere(inspection, name)),
            _ => throw new UserError(Ambiguous(named, name)),
        };
    }

    private static string Ambiguous(List<InspectedNode> named, string name)
    {
        var shown = named.Take(Suggestions).Select(static n => $"\n  %{n.Id}: {n.Formula}");
        var rest = named.Count > Suggestions ? $"\n  … and {named.Count - Suggestions} more" : "";
        return $"{named.Count} nodes are called \"{DisplayName.Of(name)}\"; choose one by its number:{string.Concat(shown)}{rest}";
    }

    private static string NotThere(GraphInspection inspection, string name)
    {
        if (inspection.Nodes.IsEmpty)
        {
            return $"the compiled graph has no nodes, and none called \"{DisplayName.Of(name)}\": what no output and no update needs is not compiled";
        }

        var named = inspection.Nodes.SelectMany(static n => n.Results).Where(static r => r.Names.Length > 0).Select(static r => r.Name).Distinct();
        var alike = named.Where(n => name.Length > 0 && n.Contains(name.TrimStart('%'), StringComparison.OrdinalIgnoreCase)).ToList();
        var shown = (alike.Count > 0 ? alike : [.. named]).Take(Suggestions);
        return $"no node of the compiled graph is called \"{DisplayName.Of(name)}\"; {(alike.Count > 0 ? "alike are" : "it has")} {string.Join(", ", shown)}, and numbers from %0 to %{inspection.Nodes.Length - 1}";
    }
}
