namespace ImageClassification;

/// <summary>What a model says about a <see cref="Digit"/>.</summary>
internal sealed class Prediction
{
    public float PredictedLabel { get; set; }

    /// <summary>The probability of each digit, from 0 to 9.</summary>
    public float[] Score { get; set; } = [];
}
