namespace Microsoft.ML.Regularization;

/// <summary>How the blocks of a transformer for texts are put together.</summary>
public enum TransformerForm
{
    /// <summary>
    /// Normalization before attention and perceptron, <c>x + f(normalization(x))</c>, and once more behind the last block, as in GPT-2: training from nothing needs no
    /// warm-up (Xiong et al., 2020).
    /// </summary>
    PreNormalization,

    /// <summary>
    /// That of BERT, whose published weights it reads (Devlin, Chang, Lee and Toutanova, "BERT: pre-training of deep bidirectional transformers for language
    /// understanding", 2019): normalization behind the sums, <c>normalization(x + f(x))</c>, and behind tokens and places, none behind the last block. The recipe's noise is
    /// behind the normalization of tokens and places, on the shares of attention, behind attention and behind the perceptron's last layer, but not on its hidden units. Of a longer
    /// text the last token, [SEP], is kept. The vector of BERT's first token type, which all tokens of a single text have, is part of the vectors of places.
    /// </summary>
    Bert,
}
