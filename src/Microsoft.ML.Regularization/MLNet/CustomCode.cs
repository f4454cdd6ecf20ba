using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>
/// The views of <c>ml.Data.FilterByCustomPredicate</c>, <c>FilterByStatefulCustomPredicate</c> and <c>ml.Transforms.StatefulCustomMapping</c>, in which code of
/// the user's own runs. They cannot be bound to other rows by ML.NET's own means, and their types are internal to an assembly that has nothing else to be
/// opened for.
/// </summary>
internal static class CustomCode
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>What a filter reads from; null for other views.</summary>
    public static IDataView? SourceOf(IDataView view) => IsFilter(view.GetType()) ? (IDataView)FieldOf(view, "Input") : null;

    /// <summary>The same view of other rows; null for views of other kinds.</summary>
    public static IDataView? Rebind(IHostEnvironment env, IDataView view, IDataView source)
    {
        var type = view.GetType();
        if (IsMapping(type))
            return ((ITransformer)FieldOf(view, "_parent")).Transform(source);
        if (!IsFilter(type))
            return null;

        // The constructor takes the environment, the source, and what the fields of its parameters' names hold.
        var constructor = type.GetConstructors().Single();
        return (IDataView)constructor.Invoke([env, source, .. constructor.GetParameters().Skip(2).Select(parameter => FieldOf(view, $"_{parameter.Name}"))]);
    }

    private static bool IsFilter(Type type) =>
        type is { IsGenericType: true, Namespace: "Microsoft.ML.Transforms", Name: "CustomMappingFilter`1" or "StatefulCustomMappingFilter`2" };

    private static bool IsMapping(Type type) =>
        type is { Namespace: "Microsoft.ML.Transforms", Name: "RowToRowMapper", DeclaringType.Name: "StatefulCustomMappingTransformer`3" };

    private static object FieldOf(IDataView view, string name) =>
        view.GetType().GetField(name, Fields)?.GetValue(view) ?? throw Contracts.Except($"This version of ML.NET has no field {name} in {view.GetType()}.");
}
