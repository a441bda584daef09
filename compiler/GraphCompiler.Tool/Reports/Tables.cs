using Spectre.Console;

namespace GraphCompiler.Tool.Reports;

/// <summary>Tables of one look: names to the left, numbers to the right.</summary>
internal static class Tables
{
    public static Table Create(IEnumerable<string> left, IEnumerable<string> right)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true };
        foreach (var name in left)
        {
            table.AddColumn(new TableColumn(name).NoWrap());
        }

        foreach (var name in right)
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        return table;
    }
}
