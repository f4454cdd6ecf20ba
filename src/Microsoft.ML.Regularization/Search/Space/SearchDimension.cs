namespace Microsoft.ML.Regularization.Search;

/// <summary>One thing that a search varies.</summary>
/// <param name="name">Its name.</param>
internal abstract class SearchDimension(string name)
{
    public string Name => name;

    /// <summary>The number of choices; null for numbers.</summary>
    public abstract int? Choices { get; }

    /// <summary>What is drawn from, in words.</summary>
    public abstract string Range { get; }

    /// <summary>Values at which the options must be legal for the dimension to be.</summary>
    public abstract IEnumerable<double> Extremes { get; }

    /// <summary>The value at a place of the range, from 0 to 1, as uniform draws have it.</summary>
    public abstract double At(double place);

    /// <summary>Where a value lies in the range, from 0 to 1.</summary>
    public abstract double PlaceOf(double value);

    public abstract bool Holds(double value);

    public abstract NeuralNetworkOptions Apply(NeuralNetworkOptions options, double value);

    public abstract string Write(double value);
}
