using System.Diagnostics;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Ahead;

/// <summary>An initialiser as a call of <see cref="Init"/>.</summary>
internal static class InitializerText
{
    public static string Of(Initializer initializer, ValueTables tables) => initializer switch
    {
        ConstantInitializer { Value: var value } when BitConverter.DoubleToInt64Bits(value) == 0 => "Init.Zeros",
        ConstantInitializer constant => $"Init.Constant({CSharpText.Literal(constant.Value)})",
        UniformInitializer u => $"Init.Uniform({CSharpText.Literal(u.Low)}, {CSharpText.Literal(u.High)}, {CSharpText.Literal(u.Seed)})",
        NormalInitializer n => $"Init.Normal({CSharpText.Literal(n.Mean)}, {CSharpText.Literal(n.Deviation)}, {CSharpText.Literal(n.Seed)})",
        GlorotInitializer glorot => $"Init.Glorot({CSharpText.Literal(glorot.Seed)})",
        HeInitializer he => $"Init.He({CSharpText.Literal(he.Seed)})",
        ValuesInitializer values => $"Init.Values({tables.Add(values.Elements)})",
        _ => throw new UnreachableException($"{initializer}"),
    };
}
