namespace Microsoft.ML.Regularization;

/// <summary>
/// How a network handles missing numbers, that is, numbers that are not finite. ML.NET writes a missing number as NaN; infinite numbers count as missing too.
/// </summary>
/// <remarks>
/// Images are the exception: a pixel that is not finite is refused in any case. Missing categories, and words that a vocabulary lacks, have a learned vector of
/// their own whatever is chosen here. Rows whose label is missing are left out of training, with a warning that counts them.
/// </remarks>
public enum MissingValues
{
    /// <summary>
    /// A missing number becomes the median of the training rows that have it. For each number that some training row lacks, the network also reads an
    /// indicator, a number that is 1 where it is missing and 0 elsewhere, so that it can learn what a missing number means. Both are learned with the
    /// scaling, on the training rows, and are a part of the model. A number that is missing for the first time at scoring is filled all the same, without an
    /// indicator. A number that all training rows lack is ignored: it is always 0, at scoring too. In sequences, medians and indicators are those of the
    /// numbers of a step, over all steps.
    /// </summary>
    Impute,

    /// <summary>A row that lacks a number ends training and scoring with an error that names the column, the slot and the row.</summary>
    Refuse,
}
