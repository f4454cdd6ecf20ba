namespace TextClassification;

/// <summary>What a model says about a <see cref="Message"/>.</summary>
internal sealed class Prediction
{
    public bool PredictedLabel { get; set; }

    /// <summary>Of being spam.</summary>
    public float Probability { get; set; }
}
