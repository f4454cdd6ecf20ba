namespace Microsoft.ML.Regularization;

/// <summary>How a transformer's last tokens are reduced to the vector that its outputs are computed from.</summary>
public enum TokenPooling
{
    /// <summary>A learned token that is put before the others and attends to them (Devlin, Chang, Lee and Toutanova, 2019).</summary>
    ClassToken,

    /// <summary>The mean of all tokens; for texts, padding is left out.</summary>
    Mean,

    /// <summary>The first token of a text, which stands for all of it in networks that were trained that way, such as [CLS] of BERT. Texts only.</summary>
    FirstToken,
}
