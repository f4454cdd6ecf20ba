namespace Microsoft.ML.Regularization;

/// <summary>
/// How much a fit does for a table where the options say nothing about the network and its training: see <see cref="NeuralNetworkOptions.Effort"/>. The page
/// docs/tables-measured.md has the time and the rank of each.
/// </summary>
public enum TrainingEffort
{
    /// <summary>One multilayer perceptron with two hidden layers of 256 units: seconds.</summary>
    Quick,

    /// <summary>
    /// Networks of RealMLP's kind on five folds, so that every row is trained on and validated on. For two classes and for numbers a pack
    /// (<see cref="PackOptions"/>) of six to two, up to 32,000 rows of 16 numbers, 12,000 for classes, and but for the fewest and the most rows with one of TabM's
    /// (<see cref="PackOptions.TabM"/>); more rows of two classes are learned by one narrow <see cref="TabMArchitecture"/>. For more classes one or two networks on each fold with the settings of
    /// <see cref="RealMlpArchitecture"/>, up to 6,000 rows. Ten to one of these on the same rows where rows to validate on are given, rows are held out or augmented
    /// before the trainer, or there are more of them. Some seconds below 1,000 rows, about a minute for 16,000. Features that are an image or a sequence, by the
    /// dimensions of their column, or more than 1,000 numbers are learned by the perceptron of <see cref="Quick"/>.
    /// </summary>
    Standard,

    /// <summary>
    /// The same with twice as many networks and a larger TabM; of many rows two TabMs, or a pack of sixteen on the same
    /// rows. Two to four times what <see cref="Standard"/> takes. Features that it is not for are learned as <see cref="Standard"/> does.
    /// </summary>
    Strong,
}
