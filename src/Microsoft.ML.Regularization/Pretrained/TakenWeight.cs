namespace Microsoft.ML.Regularization;

/// <summary>A tensor of a network that published weights gave.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="Shape">Its shape in the network.</param>
/// <param name="Sources">The tensors of the file that it was made of, by their names there.</param>
public sealed record TakenWeight(string Name, ValueList<long> Shape, ValueList<string> Sources)
{
    /// <summary>Name, shape and sources.</summary>
    public override string ToString() => $"{Name} ({Shape}) of {Sources}";
}
