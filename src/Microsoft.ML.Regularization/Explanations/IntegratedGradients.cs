using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>
/// What columns contribute to a score: the integral of the score's gradient along straight ways to the row (Sundararajan, Taly and Yan, "Axiomatic attribution for deep
/// networks", 2017), the mean over several starts (Erion, Janizek, Sturmfels, Lundberg and Lee, "Improving performance of deep learning models with
/// axiomatic attribution priors and expected gradients", 2021). Ways start at the means of groups of background rows: so the mean of each column is that of all rows, however few
/// groups there are. They go through states behind scaling and the vectors of categories. Several networks share the groups out: at a point the score is that of the networks that are
/// asked there, and what few of them leave aside, the mean over all evens out. Safe to use from many threads.
/// </summary>
internal sealed class IntegratedGradients
{
    private const int GroupsOfNetwork = 8;

    // Of networks that share them out; each takes as many gradients as a few networks of 8 groups.
    private const int MostGroups = 64;

    private readonly ExplainedNetwork[] _networks;
    private readonly ExplainedScore _score;
    private readonly int[] _ends;
    private readonly double[] _places;
    private readonly WayPoint[] _points;
    private readonly double[] _bases;
    private readonly ContributionSum _sum;
    private readonly int _columns;

    private IntegratedGradients(ExplainedNetwork[] networks, ExplainedScore score, double[] places, WayPoint[] points, double[] bases, int columns)
    {
        (_networks, _score, _places, _points, _bases, _columns) = (networks, score, places, points, bases, columns);
        _ends = Array.ConvertAll(networks, network => network.LastSlot);
        _sum = new ContributionSum(points, columns);
    }

    /// <param name="network">The model's.</param>
    /// <param name="columns">What is explained.</param>
    /// <param name="background">Rows, as the model reads them, in the order of their scores; at least one.</param>
    /// <param name="options">How many groups of them, how many networks of each, and how many points on each way.</param>
    /// <returns>Null where the model has no gradients in managed code.</returns>
    public static IntegratedGradients? Of(TrainedNetwork network, ExplainedColumns columns, IReadOnlyList<float[]> background, ExplanationOptions options)
    {
        IReadOnlyList<TrainedNetwork> members = network.IsEnsemble ? network.Members : [network];
        IReadOnlyList<double> shares = network.IsEnsemble ? network.Shares : [1];
        var count = Math.Min(options.Groups ?? Math.Min(members.Count * GroupsOfNetwork, MostGroups), background.Count);
        var groups = Enumerable.Range(0, count).Select(group => background.Take(PlaceOf(group)..PlaceOf(group + 1)).ToArray()).ToList();
        var dealt = GroupShares.Deal(shares, count, options.NetworksOfGroup);
        var networks = new ExplainedNetwork[members.Count];
        for (var i = 0; i < networks.Length; i++)
        {
            if (NetworkGradient.Of(members[i].Architecture, members[i].Parts) is not { } gradient)
                return null;
            int[] own = [.. Enumerable.Range(0, options.Steps).SelectMany(step => dealt[i].Select(group => step * count + group))];
            networks[i] = new ExplainedNetwork(members[i], gradient, fillsIn: network.IsEnsemble, columns, groups, own, i == 0 ? 0 : networks[i - 1].LastSlot + 1);
        }

        var score = ExplainedScore.Of(network, [.. Enumerable.Range(0, members.Count)], shares);
        double[] places = [.. Enumerable.Range(0, options.Steps).SelectMany(step => groups.Select((_, group) => (step + RadicalInverse(group + 1)) / options.Steps))];
        WayPoint[] points = [.. WayPoint.Of(network, shares, dealt, Array.ConvertAll(networks, one => one.FirstSlot), count, options.Steps)];
        return new IntegratedGradients(networks, score, places, points, BasesOf(networks, score, count), columns.Names.Length);

        int PlaceOf(int group) => (int)((long)group * background.Count / count);
    }

    /// <param name="row">The row, as the model reads it.</param>
    /// <param name="contributions">Receives a value for each column; with the base they sum to the score.</param>
    /// <returns>The mean score of the starts.</returns>
    public double Attribute(float[] row, Span<float> contributions)
    {
        using var work = new OutputsOfRow(_networks, row, _places);
        var outputs = work.Compute();
        var last = WayPoint.Read(outputs, _ends, _score.Width);
        var explained = _score.Choose(last);
        var gradients = new float[outputs.Length];
        foreach (var point in _points)
            point.Differentiate(outputs, explained, gradients);
        _sum.Compute(work.Contribute(gradients, _columns), _score.Of(last, explained) - _bases[explained], contributions);
        return _bases[explained];
    }

    // The mean score of all groups by all networks.
    private static double[] BasesOf(ExplainedNetwork[] networks, ExplainedScore score, int starts)
    {
        var (size, bases) = (networks.Length * score.Width, new double[score.Count]);
        var outputs = new float[starts * size];
        foreach (var (i, network) in networks.Index())
        {
            var tape = network.Layers.Rent(starts);
            network.PutStarts(tape);
            network.Layers.Forward(tape);
            for (var start = 0; start < starts; start++)
                tape.Outputs.RowSpan(start).CopyTo(outputs.AsSpan(start * size + i * score.Width));
            network.Layers.Return(tape);
        }

        for (var start = 0; start < starts; start++)
        {
            for (var i = 0; i < bases.Length; i++)
                bases[i] += score.Of(outputs.AsSpan(start * size, size), i) / starts;
        }

        return bases;
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
