namespace GraphCompiler.Inspect;

/// <summary>A kernel that a node was offered to and did not join, so that another kernel was begun.</summary>
/// <param name="Node">The node, as shown.</param>
/// <param name="NodeId">Its number.</param>
/// <param name="Kernel">The kernel that was asked; null where its nodes were moved on later.</param>
/// <param name="Rule">A stable word for the reason: <c>TooManyNodes</c>, <c>OtherSpace</c>, …</param>
/// <param name="Reason">The reason as a sentence.</param>
public sealed record FusionRefusal(string Node, int NodeId, int? Kernel, string Rule, string Reason);
