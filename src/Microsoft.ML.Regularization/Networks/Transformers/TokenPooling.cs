namespace Microsoft.ML.Regularization;

/// <summary>What of a transformer's last tokens its outputs are computed from.</summary>
public enum TokenPooling
{
    /// <summary>A learned token that is put before the others and attends to them (Devlin, Chang, Lee and Toutanova, 2019).</summary>
    ClassToken,

    /// <summary>The mean of all tokens; of a text, of those that are there.</summary>
    Mean,
}
