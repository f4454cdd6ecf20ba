using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Search;

/// <summary>How often each choice was observed, and once more for not knowing.</summary>
internal sealed class ChoiceEstimator : IParzenEstimator
{
    private readonly double[] _shares;

    public ChoiceEstimator(int choices, IEnumerable<double> values)
    {
        var counts = Enumerable.Repeat(1.0, choices).ToArray();
        foreach (var value in values)
            counts[(int)value]++;
        _shares = [.. counts.Select(count => count / counts.Sum())];
    }

    public double Draw(ref KeyedStream stream)
    {
        var left = stream.NextDouble();
        for (var choice = 0; choice < _shares.Length - 1; choice++)
        {
            left -= _shares[choice];
            if (left < 0)
                return choice;
        }

        return _shares.Length - 1;
    }

    public double LogDensityAt(double value) => Math.Log(_shares[(int)value]);
}
