namespace GraphCompiler.Inspect;

/// <summary>A rule of the optimiser that applied.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Before">What was there.</param>
/// <param name="After">What took its place.</param>
public sealed record InspectedRewrite(string Rule, string Before, string After);
