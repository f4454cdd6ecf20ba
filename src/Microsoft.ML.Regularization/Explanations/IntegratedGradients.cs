using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>
/// What columns contribute to a score: the integral of the score's gradient along straight ways from background rows to the row (Sundararajan, Taly and Yan, "Axiomatic
/// attribution for deep networks", 2017), the mean over the background rows (Erion, Janizek, Sturmfels, Lundberg and Lee, "Improving performance of deep
/// learning models with axiomatic attribution priors and expected gradients", 2021). Ways go from state to state behind scaling and the vectors of categories. Safe to use
/// from many threads.
/// </summary>
internal sealed class IntegratedGradients
{
    private readonly ExplainedNetwork[] _networks;
    private readonly ExplainedScore _score;
    private readonly double[] _places;
    private readonly double[] _bases;
    private readonly int _columns;

    private IntegratedGradients(ExplainedNetwork[] networks, ExplainedScore score, double[] places, double[] bases, int columns) =>
        (_networks, _score, _places, _bases, _columns) = (networks, score, places, bases, columns);

    /// <param name="network">The model's.</param>
    /// <param name="columns">What is explained.</param>
    /// <param name="background">Rows, as the model reads them; at least one.</param>
    /// <param name="steps">Points on the way from each of them.</param>
    /// <returns>Null where the model has no gradients in managed code.</returns>
    public static IntegratedGradients? Of(TrainedNetwork network, ExplainedColumns columns, IReadOnlyList<float[]> background, int steps)
    {
        IReadOnlyList<TrainedNetwork> members = network.IsEnsemble ? network.Members : [network];
        var networks = new ExplainedNetwork[members.Count];
        for (var i = 0; i < networks.Length; i++)
        {
            if (NetworkGradient.Of(members[i].Architecture, members[i].Parts) is not { } gradient)
                return null;
            networks[i] = new ExplainedNetwork(members[i], gradient, fillsIn: network.IsEnsemble, columns, background);
        }

        var score = ExplainedScore.Of(network);
        double[] places = [.. Enumerable.Range(0, steps).SelectMany(step => background.Select((_, row) => (step + RadicalInverse(row + 1)) / steps))];
        var bases = new double[score.Count];
        foreach (var row in background)
        {
            using var work = new OutputsOfRow(networks, row, []);
            var outputs = work.Compute();
            for (var i = 0; i < bases.Length; i++)
                bases[i] += score.Of(outputs, i) / background.Count;
        }

        return new IntegratedGradients(networks, score, places, bases, columns.Names.Length);
    }

    /// <param name="row">The row, as the model reads it.</param>
    /// <param name="contributions">Receives a value for each column; with the base they sum to the score.</param>
    /// <returns>The mean score of the background rows.</returns>
    public double Attribute(float[] row, Span<float> contributions)
    {
        using var work = new OutputsOfRow(_networks, row, _places);
        var outputs = work.Compute();
        var size = _networks.Length * _score.Width;
        var last = outputs.AsSpan(_places.Length * size, size);
        var explained = _score.Choose(last);
        var gradients = new float[_places.Length * size];
        for (var point = 0; point < _places.Length; point++)
            _score.Differentiate(outputs.AsSpan(point * size, size), explained, gradients.AsSpan(point * size, size));
        var parts = work.Contribute(gradients, _columns);
        new ContributionSum(_networks.Length, _places.Length, _columns).Compute(parts, _score.Of(last, explained) - _bases[explained], contributions);
        return _bases[explained];
    }

    // Van der Corput's sequence: a half, a quarter, three quarters, and so on between those that are there.
    private static double RadicalInverse(int number)
    {
        var (value, digit) = (0.0, 0.5);
        for (; number > 0; number /= 2, digit /= 2)
            value += number % 2 * digit;
        return value;
    }
}
