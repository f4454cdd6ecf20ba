using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>What the compiled library refers to in other assemblies, by the outermost type that does.</summary>
internal sealed class LibraryReferences
{
    private readonly MetadataReader _reader;
    private readonly PEReader _image;
    private readonly MlNetDefinitions _mlNet;

    private LibraryReferences(PEReader image, MlNetDefinitions mlNet) => (_image, _reader, _mlNet) = (image, image.GetMetadataReader(), mlNet);

    /// <summary>The internals of ML.NET that the library relies on, with the type that does, without a name for what belongs to the whole assembly.</summary>
    public static IReadOnlyList<(string User, string Internal)> Find(Assembly library, MlNetDefinitions mlNet)
    {
        using var image = new PEReader(File.OpenRead(library.Location));
        var references = new LibraryReferences(image, mlNet);
        return
        [
            .. references._reader.TypeDefinitions.SelectMany(references.UsesOf)
                .Concat(library.GetTypes().SelectMany(type => OverridesAndFields(type, mlNet).Select(used => (Outermost(type).Name.Split('`')[0], used))))
                .Concat(AttributesOf(library, mlNet).Select(used => ("", used)))
                .Distinct(),
        ];
    }

    private IEnumerable<(string User, string Internal)> UsesOf(TypeDefinitionHandle handle)
    {
        var names = new SignatureNames();
        var type = _reader.GetTypeDefinition(handle);
        var used = new List<string>();
        Visit(type.BaseType);
        foreach (var implemented in InterfacesOf(type).Where(one => !InterfacesOf(type).Any(other => Implies(other, one))))
        {
            Visit(implemented);
            used.AddRange(_mlNet.MembersOf(NameOf(implemented)));
        }

        foreach (var implementation in type.GetMethodImplementations())
            Visit(_reader.GetMethodImplementation(implementation).MethodDeclaration);
        foreach (var field in type.GetFields())
            _reader.GetFieldDefinition(field).DecodeSignature(names, null);
        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            method.DecodeSignature(names, null);
            if (method.RelativeVirtualAddress != 0)
                VisitBody(_image.GetMethodBody(method.RelativeVirtualAddress));
        }

        used.AddRange(names.References.Where(_mlNet.IsInternal).Select(_mlNet.Describe));
        var user = OutermostName(handle);
        return used.Select(one => (user, one));

        void VisitBody(MethodBodyBlock body)
        {
            if (!body.LocalSignature.IsNil)
                _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
            foreach (var region in body.ExceptionRegions)
                Visit(region.CatchType);
            foreach (var token in MethodTokens.Of(body.GetILBytes()!))
                Visit(token);
        }

        void Visit(EntityHandle token)
        {
            switch (token.Kind)
            {
                case HandleKind.TypeReference when !token.IsNil:
                    names.GetTypeFromReference(_reader, (TypeReferenceHandle)token, 0);
                    break;
                case HandleKind.TypeSpecification:
                    names.GetTypeFromSpecification(_reader, null, (TypeSpecificationHandle)token, 0);
                    break;
                case HandleKind.MethodSpecification:
                    var specification = _reader.GetMethodSpecification((MethodSpecificationHandle)token);
                    specification.DecodeSignature(names, null);
                    Visit(specification.Method);
                    break;
                case HandleKind.MemberReference:
                    var member = _reader.GetMemberReference((MemberReferenceHandle)token);
                    Visit(member.Parent);
                    var name = _reader.GetString(member.Name);
                    var signature = member.GetKind() == MemberReferenceKind.Method
                        ? SignatureNames.Of(name, member.DecodeMethodSignature(names, null))
                        : $"{name} : {member.DecodeFieldSignature(names, null)}";
                    if (_mlNet.DescribeInternal(NameOf(member.Parent), signature) is { } found)
                        used.Add(found);
                    break;
                default:
                    break;
            }
        }
    }

    private IEnumerable<EntityHandle> InterfacesOf(TypeDefinition type) =>
        type.GetInterfaceImplementations().Select(one => _reader.GetInterfaceImplementation(one).Interface);

    // Metadata names the interfaces of a type's interfaces too.
    private bool Implies(EntityHandle own, EntityHandle other) =>
        own.Kind == HandleKind.TypeDefinition && InterfacesOf(_reader.GetTypeDefinition((TypeDefinitionHandle)own)).Contains(other);

    private string NameOf(EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeReference => SignatureNames.NameOf(_reader, (TypeReferenceHandle)type),
        HandleKind.TypeSpecification => _reader.GetTypeSpecification((TypeSpecificationHandle)type).DecodeSignature(new SignatureNames(), null).Split('<')[0],
        _ => "",
    };

    private string OutermostName(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        return type.IsNested ? OutermostName(type.GetDeclaringType()) : _reader.GetString(type.Name).Split('`')[0];
    }

    // Attributes of the assembly, and the types that they name.
    private static IEnumerable<string> AttributesOf(Assembly library, MlNetDefinitions mlNet) =>
        from attribute in library.GetCustomAttributesData()
        let type = attribute.AttributeType.FullName!
        where mlNet.IsInternal(type)
        from used in attribute.ConstructorArguments.SelectMany(TypesIn).Select(named => named.FullName!).Where(mlNet.IsInternal).Append(type).Select(mlNet.Describe)
            .Append(mlNet.DescribeMethod(type, attribute.Constructor.MetadataToken)!)
        select used;

    private static IEnumerable<Type> TypesIn(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type type => [type],
        IEnumerable<CustomAttributeTypedArgument> items => items.SelectMany(TypesIn),
        _ => [],
    };

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    // Overriding names nothing in the assembly, and a field that is reached past its access is named by a text.
    private static IEnumerable<string> OverridesAndFields(Type type, MlNetDefinitions mlNet)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var method in type.GetMethods(Own))
        {
            if (method.GetCustomAttribute<UnsafeAccessorAttribute>() is { Kind: UnsafeAccessorKind.Field, Name: { } field })
            {
                yield return mlNet.DescribeField(method.GetParameters()[0].ParameterType.FullName!, field);
            }
            else if (method.GetBaseDefinition() is var root && root != method && Describe(root) is { } overridden)
            {
                yield return overridden;
            }
        }

        string? Describe(MethodInfo root)
        {
            var declaring = root.DeclaringType!.IsGenericType ? root.DeclaringType.GetGenericTypeDefinition() : root.DeclaringType;
            return mlNet.DescribeMethod(declaring.FullName!, root.MetadataToken);
        }
    }
}
