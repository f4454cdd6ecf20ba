namespace Microsoft.ML.Regularization.Benchmarks.Faults;

/// <summary>The rows of a case, into which a fault may be planted.</summary>
/// <param name="Training">Rows to train on.</param>
/// <param name="Validation">Others.</param>
/// <param name="Classes">How many classes there are; 0 for numbers.</param>
/// <param name="Random">Draws what is planted.</param>
internal sealed record FaultRows(List<FaultRow> Training, List<FaultRow> Validation, int Classes, Random Random)
{
    public IEnumerable<FaultRow> All => Training.Concat(Validation);

    /// <summary>Gives some rows the label of another class.</summary>
    public void Noise(double share)
    {
        foreach (var row in All.Where(_ => Random.NextDouble() < share))
            row.Target = (row.Target + 1 + Random.Next(Classes - 1)) % Classes;
    }

    /// <summary>Gives each row the label of another row.</summary>
    public void Shuffle()
    {
        var rows = All.ToList();
        float[] labels = [.. rows.Select(row => row.Target)];
        Random.Shuffle(labels);
        foreach (var (row, label) in rows.Zip(labels))
            row.Target = label;
    }

    /// <summary>Makes the extra column tell the label, nearly.</summary>
    public void Leak()
    {
        foreach (var row in All)
            row.Extra = 2 * row.Target + (Classes == 0 ? 0.02f * row.Extra : 0.1f * Math.Clamp(row.Extra, -3, 3));
    }

    /// <summary>Puts copies of training rows among the validation rows.</summary>
    public void Share(double share)
    {
        for (var i = 0; i < Validation.Count; i++)
        {
            if (Random.NextDouble() < share)
                Validation[i] = Training[Random.Next(Training.Count)].Copy();
        }
    }
}
