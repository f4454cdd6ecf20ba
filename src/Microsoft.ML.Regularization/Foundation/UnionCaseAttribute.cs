namespace Microsoft.ML.Regularization.Foundation;

/// <summary>Says what JSON calls a case of a closed union, a record that derives from one marked by <see cref="UnionAttribute"/>.</summary>
/// <param name="name">The name, which no other case of the union has. Saved models hold it.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class UnionCaseAttribute(string name) : Attribute
{
    public string Name => name;
}
