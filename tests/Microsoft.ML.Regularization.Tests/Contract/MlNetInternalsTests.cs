using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>
/// Names every internal of ML.NET that the library relies on. The list is compared with what the compiled library refers to, and each name
/// is looked up in the ML.NET that runs: an upgrade that takes one away fails here, by name, before anything else.
/// </summary>
[TestClass]
public sealed class MlNetInternalsTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Members of generic types resolve in a generic context that meets their constraints: any type, a trainer's, a model's, a list's.
    private static readonly Type[][] Contexts =
    [
        [typeof(object), typeof(object), typeof(object)],
        [typeof(NeuralNetworkMulticlassTransformer), typeof(NeuralNetworkMulticlassModelParameters)],
        [typeof(NeuralNetworkMulticlassModelParameters), typeof(NeuralNetworkMulticlassModelParameters)],
        [typeof(AugmentationList), typeof(AugmentationOptions)],
    ];

    private static readonly Assembly Library = typeof(MixupOptions).Assembly;

    private static string[] Listed => File.ReadAllLines(Path.Combine("Contract", "MlNetInternals.txt"));

    [TestMethod]
    public void The_list_is_what_the_library_relies_on()
    {
        var used = UsedTypes().Concat(UsedMembers()).Concat(OverriddenMembers()).Concat(AccessedFields())
            .Distinct().Order(StringComparer.Ordinal).ToList();
        CollectionAssert.AreEqual(used, Listed, $"the library relies on:{Environment.NewLine}{string.Join(Environment.NewLine, used)}");
    }

    [TestMethod]
    public void Every_listed_internal_exists()
    {
        var assemblies = new[] { typeof(MLContext).Assembly, typeof(Microsoft.ML.Runtime.IHost).Assembly };
        foreach (var name in Listed)
        {
            var parts = name.Split("::");
            var type = assemblies.Select(assembly => assembly.GetType(parts[0])).FirstOrDefault(found => found is not null);
            Assert.IsNotNull(type, $"ML.NET has no type {parts[0]}");
            if (parts.Length > 1)
                Assert.IsNotEmpty(type.GetMember(parts[1], Everything), $"ML.NET has no {name}");
        }
    }

    private static IEnumerable<string> UsedTypes() =>
        Tokens(0x01000000, (module, token) => module.ResolveType(token)).Where(type => IsMlNet(type) && !type.IsVisible).Select(type => type.FullName!);

    private static IEnumerable<string> UsedMembers() =>
        Tokens(0x0A000000, ResolveMember)
            .Where(member => member.DeclaringType is { } type && IsMlNet(type) && (IsInternal(member) || !Definition(type).IsVisible))
            .Select(Name);

    private static MemberInfo ResolveMember(Module module, int token)
    {
        foreach (var context in Contexts[..^1])
        {
            try
            {
                return module.ResolveMember(token, context, context)!;
            }
            catch (TypeLoadException)
            {
                // Another one.
            }
        }

        return module.ResolveMember(token, Contexts[^1], Contexts[^1])!;
    }

    private static IEnumerable<string> OverriddenMembers() =>
        Library.GetTypes().SelectMany(type => type.GetMethods(Everything)).Where(method => method.GetBaseDefinition() != method)
            .Select(method => Overridden(method)).OfType<MethodInfo>().Where(IsInternal).Select(Name);

    private static IEnumerable<string> AccessedFields() =>
        from type in Library.GetTypes()
        from method in type.GetMethods(Everything)
        let accessor = method.GetCustomAttribute<UnsafeAccessorAttribute>()
        where accessor is { Kind: UnsafeAccessorKind.Field }
        select $"{method.GetParameters()[0].ParameterType.FullName}::{accessor.Name}";

    // The method of ML.NET at the root of a chain of overrides.
    private static MethodInfo? Overridden(MethodInfo method)
    {
        var root = method.GetBaseDefinition();
        return root.DeclaringType is { } type && IsMlNet(type) ? root : null;
    }

    private static bool IsInternal(MemberInfo member) => member switch
    {
        MethodBase method => method.IsAssembly || method.IsFamilyAndAssembly || method.IsPrivate,
        FieldInfo field => field.IsAssembly || field.IsFamilyAndAssembly || field.IsPrivate,
        _ => false,
    };

    private static bool IsMlNet(Type type) => type.Assembly.GetName().Name!.StartsWith("Microsoft.ML", StringComparison.Ordinal) && type.Assembly != Library;

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static string Name(MemberInfo member) => $"{Definition(member.DeclaringType!).FullName}::{member.Name}";

    // The rows of a metadata table, by token, until there are no more.
    private static IEnumerable<T> Tokens<T>(int table, Func<Module, int, T> resolve)
    {
        for (var row = 1; ; row++)
        {
            T resolved;
            try
            {
                resolved = resolve(Library.ManifestModule, table + row);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break;
            }

            yield return resolved;
        }
    }
}
