using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>The types of the ML.NET that runs, with the signature of each member and whether it is internal.</summary>
internal sealed class MlNetDefinitions
{
    private readonly Dictionary<string, Definition> _types = [];

    public MlNetDefinitions(IEnumerable<string> assemblies)
    {
        foreach (var path in assemblies)
        {
            using var pe = new PEReader(File.OpenRead(path));
            var reader = pe.GetMetadataReader();
            foreach (var handle in reader.TypeDefinitions)
                _types.TryAdd(SignatureNames.NameOf(reader, handle), Read(reader, reader.GetTypeDefinition(handle)));
        }
    }

    /// <summary>Whether it is a type of ML.NET that only ML.NET is meant to use.</summary>
    public bool IsInternal(string type) => _types.TryGetValue(type, out var definition) && !definition.IsVisible;

    public string Describe(string type) => $"{type} [{(_types.TryGetValue(type, out var definition) ? definition.Kind : "missing")}]";

    /// <summary>A member as it is defined; null for one that everybody may use, or of another library.</summary>
    /// <param name="type">The type that is named, or one that inherits it.</param>
    /// <param name="signature">See <see cref="SignatureNames.Of"/>.</param>
    public string? DescribeInternal(string type, string signature)
    {
        if (!_types.ContainsKey(type))
            return null;

        for (var current = type; current is not null && _types.TryGetValue(current, out var definition); current = definition.Base)
        {
            if (definition.Members.TryGetValue(signature, out var member))
                return definition.IsVisible && !member.IsInternal ? null : $"{current}::{signature} [{member.Description}]";
        }

        return IsInternal(type) || signature.StartsWith(".ctor", StringComparison.Ordinal) ? $"{type}::{signature} [missing]" : null;
    }

    /// <summary>A field that is known by its name alone.</summary>
    public string DescribeField(string type, string name) =>
        _types[type].Members.Keys.FirstOrDefault(signature => signature.StartsWith($"{name} : ", StringComparison.Ordinal)) is { } found
            ? DescribeInternal(type, found)!
            : $"{type}::{name} [missing]";

    /// <summary>A method by its token; null for one that everybody may use.</summary>
    public string? DescribeMethod(string type, int token) =>
        _types.TryGetValue(type, out var definition) && definition.Methods.TryGetValue(token, out var signature) ? DescribeInternal(type, signature) : null;

    /// <summary>All members of an internal interface, which whoever implements it relies on.</summary>
    public IEnumerable<string> MembersOf(string type) =>
        IsInternal(type) ? _types[type].Members.Keys.Select(signature => DescribeInternal(type, signature)!) : [];

    private static Definition Read(MetadataReader reader, TypeDefinition type)
    {
        var names = new SignatureNames();
        var members = new Dictionary<string, Member>();
        var methods = new Dictionary<int, string>();
        foreach (var handle in type.GetMethods())
        {
            var method = reader.GetMethodDefinition(handle);
            var access = (MethodAttributes)((int)method.Attributes & (int)MethodAttributes.MemberAccessMask);
            var text = string.Join(' ', new[]
            {
                Access((int)access),
                method.Attributes.HasFlag(MethodAttributes.Static) ? "static" : "instance",
                method.Attributes.HasFlag(MethodAttributes.Abstract) ? "abstract" : method.Attributes.HasFlag(MethodAttributes.Virtual) ? "virtual" : null,
            }.OfType<string>());
            var signature = SignatureNames.Of(reader.GetString(method.Name), method.DecodeSignature(names, null));
            methods.Add(MetadataTokens.GetToken(handle), signature);
            members.TryAdd(signature, new Member(text, IsClosed((int)access)));
        }

        foreach (var handle in type.GetFields())
        {
            var field = reader.GetFieldDefinition(handle);
            var access = (int)(field.Attributes & FieldAttributes.FieldAccessMask);
            var text = $"{Access(access)} {(field.Attributes.HasFlag(FieldAttributes.Static) ? "static" : "instance")} field";
            members.TryAdd($"{reader.GetString(field.Name)} : {field.DecodeSignature(names, null)}", new Member(text, IsClosed(access)));
        }

        var parent = type.BaseType.IsNil ? null : NameOf(reader, type.BaseType, names);
        var kind = type.Attributes.HasFlag(TypeAttributes.Interface) ? "interface" : parent switch
        {
            "System.ValueType" => "struct",
            "System.Enum" => "enum",
            "System.MulticastDelegate" => "delegate",
            _ => (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) switch
            {
                TypeAttributes.Abstract | TypeAttributes.Sealed => "static class",
                TypeAttributes.Abstract => "abstract class",
                TypeAttributes.Sealed => "sealed class",
                _ => "class",
            },
        };
        return new Definition(parent, IsVisible(reader, type), kind, members, methods);
    }

    private static bool IsVisible(MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static string? NameOf(MetadataReader reader, EntityHandle handle, SignatureNames names) => handle.Kind switch
    {
        HandleKind.TypeDefinition => SignatureNames.NameOf(reader, (TypeDefinitionHandle)handle),
        HandleKind.TypeReference => SignatureNames.NameOf(reader, (TypeReferenceHandle)handle),
        _ => reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(names, null).Split('<')[0],
    };

    // Methods and fields give the access bits the same values.
    private static string Access(int access) => (FieldAttributes)access switch
    {
        FieldAttributes.Public => "public",
        FieldAttributes.Family => "protected",
        FieldAttributes.FamORAssem => "protected internal",
        FieldAttributes.Assembly => "internal",
        FieldAttributes.FamANDAssem => "private protected",
        _ => "private",
    };

    private static bool IsClosed(int access) => (FieldAttributes)access is not (FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem);

    private sealed record Member(string Description, bool IsInternal);

    private sealed record Definition(string? Base, bool IsVisible, string Kind, Dictionary<string, Member> Members, Dictionary<int, string> Methods);
}
