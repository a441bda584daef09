using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace GraphCompiler;

/// <summary>What metadata says of the target of a call instruction.</summary>
/// <param name="Name">Metadata name; empty for a call through a pointer.</param>
/// <param name="IsOurs">Whether the declaring type is in this library's root namespace.</param>
/// <param name="Arguments">Values taken, the instance included.</param>
/// <param name="Returns">Whether a value is put back.</param>
internal readonly record struct Callee(string Name, bool IsOurs, int Arguments, bool Returns)
{
    /// <summary>Values that the call takes from the evaluation stack: a constructor's instance is not on it, a pointer is.</summary>
    public int Pops(OpCode code) =>
        code == OpCodes.Newobj ? Arguments - 1 : code == OpCodes.Calli ? Arguments + 1 : Arguments;

    /// <summary>Values that the call puts on the evaluation stack.</summary>
    public int Pushes(OpCode code) => Returns || code == OpCodes.Newobj ? 1 : 0;

    /// <summary>Reads the target of a <c>call</c>, <c>callvirt</c>, <c>newobj</c> or <c>calli</c>.</summary>
    /// <exception cref="BadImageFormatException">The token is not that of a method or signature.</exception>
    public static Callee Read(MetadataReader metadata, int token)
    {
        var handle = token == 0 ? default : MetadataTokens.EntityHandle(token);
        if (handle.Kind == HandleKind.MethodSpecification)
        {
            handle = metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        }

        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return Read(metadata, method.Name, method.GetDeclaringType(), method.Signature);
            case HandleKind.MemberReference:
                var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                return Read(metadata, member.Name, member.Parent, member.Signature);
            case HandleKind.StandaloneSignature:
                var signature = metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle).Signature;
                return Read(metadata, default, default, signature);
            default:
                return default; // an instruction that calls nothing by name, such as break
        }
    }

    private static Callee Read(MetadataReader metadata, StringHandle name, EntityHandle parent, BlobHandle signature)
    {
        // ECMA-335 II.23.2.1: header, number of type parameters if generic, number of parameters, type of the result
        var reader = metadata.GetBlobReader(signature);
        var header = reader.ReadSignatureHeader();
        if (header.IsGeneric)
        {
            reader.ReadCompressedInteger();
        }

        var arguments = reader.ReadCompressedInteger() + (header is { IsInstance: true, HasExplicitThis: false } ? 1 : 0);
        var result = reader.ReadSignatureTypeCode();
        while (result is SignatureTypeCode.RequiredModifier or SignatureTypeCode.OptionalModifier)
        {
            reader.ReadTypeHandle();
            result = reader.ReadSignatureTypeCode();
        }

        var text = name.IsNil ? "" : metadata.GetString(name);
        return new Callee(text, IsInRootNamespace(metadata, parent), arguments, result != SignatureTypeCode.Void);
    }

    private static bool IsInRootNamespace(MetadataReader metadata, EntityHandle type)
    {
        var space = type.Kind switch
        {
            HandleKind.TypeReference => metadata.GetTypeReference((TypeReferenceHandle)type).Namespace,
            HandleKind.TypeDefinition => metadata.GetTypeDefinition((TypeDefinitionHandle)type).Namespace,
            _ => default,
        };
        return !space.IsNil && metadata.StringComparer.Equals(space, typeof(Callee).Namespace!);
    }
}
