namespace Microsoft.ML.Regularization;

/// <summary>
/// How much a column of the rows matters to a model: by how much the loss grows where the column has the values of other rows (Breiman, "Random forests", 2001; Fisher, Rudin and Dominici,
/// "All models are wrong, but many are useful", 2019). A column that only the label is made of does not matter, since labels stay.
/// </summary>
/// <param name="Name">The column.</param>
/// <param name="Increase">The mean increase over several shuffles: of the log-loss, or of a regression's root mean squared error. Below 0 where shuffling helped by chance.</param>
/// <param name="Deviation">Its standard deviation over the shuffles.</param>
public sealed record ColumnImportance(string Name, double Increase, double Deviation);
