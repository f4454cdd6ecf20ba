using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Microsoft.ML.Regularization;

/// <summary>Tells the serializer the cases of a closed union, so that neither the base nor any list names them: each case names itself.</summary>
internal static class UnionCases
{
    private static readonly Lazy<IReadOnlyList<JsonDerivedType>> All = new(() =>
    [
        .. from type in typeof(UnionCases).Assembly.GetTypes()
           let named = type.GetCustomAttribute<UnionCaseAttribute>()
           where named is not null
           select new JsonDerivedType(type, named.Name),
    ]);

    /// <summary>The records that a union, or a base between it and its cases, can be.</summary>
    public static IEnumerable<JsonDerivedType> Of(Type union) => All.Value.Where(named => named.DerivedType.IsAssignableTo(union));

    public static void Describe(JsonTypeInfo info)
    {
        if (!info.Type.IsAbstract || info.Type.GetCustomAttribute<UnionAttribute>(inherit: true) is not { } union)
            return;
        info.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = union.Discriminator };
        foreach (var named in Of(info.Type))
            info.PolymorphismOptions.DerivedTypes.Add(named);
    }
}
