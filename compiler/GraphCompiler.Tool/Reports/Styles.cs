using GraphCompiler.Inspect;

namespace GraphCompiler.Tool.Reports;

/// <summary>Colours that mean the same in all reports.</summary>
internal static class Styles
{
    public const string Heading = "bold underline";
    public const string Quiet = "grey";

    public static string Of(Direction direction) => direction switch
    {
        Direction.Forward => "dodgerblue1",
        Direction.Backward => "darkorange",
        _ => "green",
    };
}
