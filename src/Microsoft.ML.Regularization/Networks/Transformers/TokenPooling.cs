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

    /// <summary>
    /// The mean of all tokens over its length, so that texts differ by direction alone, as sentence transformers have it that compare them by their cosine (Reimers and Gurevych,
    /// "Sentence-BERT: sentence embeddings using Siamese BERT-networks", 2019).
    /// </summary>
    UnitMean,
}
