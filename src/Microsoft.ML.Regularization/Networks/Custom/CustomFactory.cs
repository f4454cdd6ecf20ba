using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Makes objects of a type that only its name tells. Nothing of it runs before it is known to be an <see cref="ICustomNetwork"/>.</summary>
internal static class CustomFactory
{
    private static readonly JsonSerializerOptions Json = new(StrictJson.Options) { WriteIndented = false, IgnoreReadOnlyProperties = true };

    /// <summary>Without versions, since the type may come from a newer assembly when a model is loaded.</summary>
    public static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    public static string Write(ICustomNetwork factory) => JsonSerializer.Serialize(factory, factory.GetType(), Json);

    /// <exception cref="InvalidOperationException">There is no such type, or it cannot be made of these properties.</exception>
    public static ICustomNetwork Create(string typeName, string properties)
    {
        var type = Find(typeName) ?? throw Contracts.Except(
            $"The network is made by the type '{typeName}', which the program lacks: reference the assembly that defines it.");
        if (!typeof(ICustomNetwork).IsAssignableFrom(type) || type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw Contracts.Except(
                $"The network is made by the type '{typeName}', which is no class with a public constructor without parameters that implements "
                + $"{nameof(ICustomNetwork)}.");
        }

        try
        {
            return (ICustomNetwork?)JsonSerializer.Deserialize(properties, type, Json) ?? throw new JsonException("They are null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw Contracts.Except(exception, $"The type '{typeName}' cannot be made of the properties {properties}: {exception.Message}");
        }
    }

    private static Type? Find(string typeName)
    {
        try
        {
            return Type.GetType(typeName, FindAssembly, typeResolver: null, throwOnError: false);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or BadImageFormatException or TypeLoadException)
        {
            return null;
        }
    }

    // Plug-ins and notebooks have theirs in contexts of their own.
    private static Assembly? FindAssembly(AssemblyName name) =>
        AssemblyLoadContext.All.SelectMany(context => context.Assemblies).FirstOrDefault(assembly => assembly.GetName().Name == name.Name)
        ?? Assembly.Load(name);
}
