using System.Reflection;

namespace Microsoft.ML.Regularization.Foundation;

/// <summary>The cases of closed unions, which name themselves, so that neither a base nor any list names them.</summary>
internal static class UnionCases
{
    private static readonly Lazy<IReadOnlyList<(Type Type, string Name)>> All = new(() =>
    [
        .. from type in typeof(UnionCases).Assembly.GetTypes()
           let named = type.GetCustomAttribute<UnionCaseAttribute>()
           where named is not null
           select (type, named.Name),
    ]);

    /// <summary>The records that a union, or a base between it and its cases, can be, and what JSON calls them.</summary>
    public static IEnumerable<(Type Type, string Name)> Of(Type union) => All.Value.Where(named => named.Type.IsAssignableTo(union));
}
