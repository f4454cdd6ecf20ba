using System.Text.Json.Serialization;

namespace Microsoft.ML.Regularization.Foundation;

/// <summary>
/// Marks the base of a closed union: an abstract record of which JSON holds one of the cases, each a record that names itself by
/// <see cref="UnionCaseAttribute"/>. A base between it and its cases has the mark too where a property is of its type.
/// </summary>
/// <param name="discriminator">The JSON property that tells which case it is.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class UnionAttribute(string discriminator) : JsonConverterAttribute
{
    public string Discriminator => discriminator;

    public override JsonConverter CreateConverter(Type typeToConvert) =>
        (JsonConverter)Activator.CreateInstance(typeof(UnionJsonConverter<>).MakeGenericType(typeToConvert), discriminator)!;
}
