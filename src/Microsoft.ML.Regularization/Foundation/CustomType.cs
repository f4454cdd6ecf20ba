using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Foundation;

/// <summary>
/// A program's own type behind an interface of the library, as model files and recipes keep it: its name, and its public properties as JSON. Nothing of a type that
/// only its name tells runs before it is known to implement the interface.
/// </summary>
internal static class CustomType
{
    private static readonly JsonSerializerOptions Json = new(StrictJson.Options) { WriteIndented = false, IgnoreReadOnlyProperties = true };

    /// <summary>Without versions, since the type may come from a newer assembly when a model is loaded.</summary>
    public static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    /// <summary>The properties of an object that can be made again of its type's name and of them.</summary>
    /// <typeparam name="T">The interface.</typeparam>
    /// <param name="made">The object.</param>
    /// <param name="role">What it makes or is, in messages, such as <c>network</c>.</param>
    /// <param name="argument">What the caller calls it.</param>
    /// <exception cref="InvalidOperationException">The type has no public constructor without parameters, or cannot be made of JSON.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Its properties do not survive JSON.</exception>
    public static string PropertiesOf<T>(T made, string role, string argument)
        where T : class
    {
        var properties = Write(made);
        var again = Write(Create<T>(role, NameOf(made.GetType()), properties));
        return again == properties ? properties : throw Contracts.ExceptUserArg(
            argument, $"The properties of {made.GetType().Name} do not survive JSON: {properties} becomes {again}.");
    }

    /// <summary>Makes the object.</summary>
    /// <typeparam name="T">The interface.</typeparam>
    /// <param name="role">What it makes or is, in messages, such as <c>network</c>.</param>
    /// <param name="typeName">See <see cref="NameOf"/>.</param>
    /// <param name="properties">As JSON.</param>
    /// <exception cref="InvalidOperationException">There is no such type, or it cannot be made of these properties.</exception>
    public static T Create<T>(string role, string typeName, string properties)
        where T : class
    {
        var type = Find(typeName) ?? throw Contracts.Except(
            $"The {role} is made by the type '{typeName}', which the program lacks: reference the assembly that defines it.");
        if (!typeof(T).IsAssignableFrom(type) || type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw Contracts.Except(
                $"The {role} is made by the type '{typeName}', which is no class with a public constructor without parameters that implements "
                + $"{typeof(T).Name}.");
        }

        try
        {
            return (T?)JsonSerializer.Deserialize(properties, type, Json) ?? throw new JsonException("They are null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw Contracts.Except(exception, $"The type '{typeName}' cannot be made of the properties {properties}: {exception.Message}");
        }
    }

    private static string Write(object made) => JsonSerializer.Serialize(made, made.GetType(), Json);

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
