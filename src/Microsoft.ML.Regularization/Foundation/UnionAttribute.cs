namespace Microsoft.ML.Regularization;

/// <summary>Marks the base of a closed union: an abstract record of which JSON holds one of the cases. See <see cref="UnionCaseAttribute"/>.</summary>
/// <param name="discriminator">The JSON property that tells which case it is.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UnionAttribute(string discriminator) : Attribute
{
    public string Discriminator => discriminator;
}
