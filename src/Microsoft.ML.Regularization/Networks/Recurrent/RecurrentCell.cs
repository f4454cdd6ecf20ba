namespace Microsoft.ML.Regularization.Networks;

/// <summary>A kind of recurrent unit.</summary>
/// <param name="Name">Its name, by which <see cref="RecurrentKernel"/> finds it.</param>
/// <param name="Gates">Rows of weights that a unit has.</param>
/// <param name="KeepBias">Initial bias of the second gate, which keeps the state: the forget gate of an LSTM, the update gate of a GRU.</param>
internal sealed record RecurrentCell(string Name, int Gates, double KeepBias);
