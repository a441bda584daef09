using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace GraphCompiler;

/// <summary>One decoded IL instruction (ECMA-335 III).</summary>
/// <param name="Offset">Where it starts, in bytes.</param>
/// <param name="Code">Its operation code.</param>
/// <param name="Operand">The metadata token of an instruction that has one, otherwise 0.</param>
/// <param name="Targets">Offsets that it may branch to.</param>
internal readonly record struct Instruction(int Offset, OpCode Code, int Operand, int[] Targets)
{
    private static readonly FrozenDictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToFrozenDictionary(static code => code.Value);

    /// <summary>Values that it takes from the evaluation stack; those of calls are in <see cref="Callee"/>.</summary>
    public int Pops => Code.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 or StackBehaviour.Varpop => 0, // Varpop: a return, after which the depth is not asked for
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8
            or StackBehaviour.Popref_popi_popref or StackBehaviour.Popref_popi_pop1 => 3,
        _ => 2,
    };

    /// <summary>Values that it puts on the evaluation stack.</summary>
    public int Pushes => Code.StackBehaviourPush switch
    {
        StackBehaviour.Push0 or StackBehaviour.Varpush => 0,
        StackBehaviour.Push1_push1 => 2,
        _ => 1,
    };

    /// <summary>Decodes one instruction and moves past it.</summary>
    /// <exception cref="BadImageFormatException">Not an instruction, or cut short.</exception>
    public static Instruction Read(ref BlobReader il)
    {
        var offset = il.Offset;
        int value = il.ReadByte();
        if (value == 0xFE)
        {
            value = (value << 8) | il.ReadByte();
        }

        if (!Codes.TryGetValue(unchecked((short)value), out var code))
        {
            throw new BadImageFormatException($"0x{value:X} at IL offset 0x{offset:X} is no instruction.");
        }

        switch (code.OperandType)
        {
            case OperandType.InlineNone:
                return new Instruction(offset, code, 0, []);
            case OperandType.ShortInlineBrTarget:
                int near = il.ReadSByte();
                return new Instruction(offset, code, 0, [il.Offset + near]);
            case OperandType.InlineBrTarget:
                var far = il.ReadInt32();
                return new Instruction(offset, code, 0, [il.Offset + far]);
            case OperandType.InlineSwitch:
                return new Instruction(offset, code, 0, ReadTargets(ref il));
            case OperandType.InlineMethod or OperandType.InlineSig or OperandType.InlineField
                or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineString:
                return new Instruction(offset, code, il.ReadInt32(), []);
            default:
                il.Offset += SizeOf(code.OperandType);
                return new Instruction(offset, code, 0, []);
        }
    }

    private static int[] ReadTargets(ref BlobReader il)
    {
        var count = il.ReadInt32();
        if (count < 0 || count > il.RemainingBytes / sizeof(int))
        {
            throw new BadImageFormatException("A switch has more targets than its method has bytes.");
        }

        var targets = new int[count];
        var next = il.Offset + (count * sizeof(int));
        for (var i = 0; i < count; i++)
        {
            targets[i] = next + il.ReadInt32();
        }

        return targets;
    }

    private static int SizeOf(OperandType type) => type switch
    {
        OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI or OperandType.ShortInlineR => 4,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => throw new UnreachableException($"Operand type {type} has no fixed size."),
    };
}
