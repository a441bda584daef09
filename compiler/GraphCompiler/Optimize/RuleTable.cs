using System.Collections.Immutable;
using GraphCompiler.Optimize.Rules;

namespace GraphCompiler.Optimize;

/// <summary>
/// The laws that concern more than one operator, in the order in which they are tried. Constants come first, because
/// what they leave has nothing for the others to do.
/// </summary>
/// <remarks>"Exact" means that every element keeps its bits, but for which NaN a NaN is: IEEE 754 leaves that open.</remarks>
internal static class RuleTable
{
    public static ImmutableArray<Rule> Rules { get; } =
    [
        .. ConstantRules.Rules,
        .. SignRules.Rules,
        .. LogicRules.Rules,
        .. CastRules.Rules,
        .. BroadcastRules.Rules,
        .. ReductionRules.Rules,
        .. LayoutRules.Rules,
        .. ContractionRules.Rules,
    ];
}
