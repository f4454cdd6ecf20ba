namespace Microsoft.ML.Regularization.Tests.Ensembles.Selection;

/// <summary>Labelled rows with random weights, and candidates that predict them more or less well.</summary>
internal sealed class SelectionCases
{
    public required RowLabels Labels { get; init; }

    public required float[][] Candidates { get; init; }

    /// <summary>Hard labels, one of them of weight 0.</summary>
    public static SelectionCases Classes(int classes, int rows, int candidates, int seed, bool isSoft = false)
    {
        var random = new Random(seed);
        var labels = new RowLabels(classes);
        var truth = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            truth[row] = row < classes ? row : random.Next(classes);
            var weight = row == 1 ? 0 : 0.5f + random.NextSingle();
            var soft = new float[classes];
            soft[truth[row]] = 0.75f;
            soft[(truth[row] + 1) % classes] = 0.25f;
            labels.Add(isSoft ? new RowLabel(null, soft, weight) : new RowLabel(truth[row], [], weight));
        }

        var made = Enumerable.Range(0, candidates).Select(_ => truth.SelectMany(label => Softmax(classes, k => 3 * random.NextDouble() + (k == label ? random.NextDouble() : 0))).ToArray());
        return new SelectionCases { Labels = labels, Candidates = [.. made] };
    }

    /// <summary>Numbers.</summary>
    public static SelectionCases Numbers(int rows, int candidates, int seed)
    {
        var random = new Random(seed);
        var labels = new RowLabels(1);
        var truth = Enumerable.Range(0, rows).Select(_ => (float)(100 + 10 * random.NextDouble())).ToArray();
        foreach (var target in truth)
            labels.Add(new RowLabel(null, [target], 0.5f + random.NextSingle()));
        var made = Enumerable.Range(0, candidates).Select(_ =>
        {
            var shift = 4 * random.NextDouble() - 2;
            return Array.ConvertAll(truth, target => (float)(target + shift + 6 * random.NextDouble() - 3));
        });
        return new SelectionCases { Labels = labels, Candidates = [.. made] };
    }

    /// <summary>The mean of some candidates, in double precision.</summary>
    public double[] Mean(IReadOnlyCollection<int> members) =>
        [.. Enumerable.Range(0, Candidates[0].Length).Select(i => members.Average(member => (double)Candidates[member][i]))];

    private static float[] Softmax(int classes, Func<int, double> logit)
    {
        var powers = Enumerable.Range(0, classes).Select(k => Math.Exp(logit(k))).ToArray();
        return Array.ConvertAll(powers, power => (float)(power / powers.Sum()));
    }
}
