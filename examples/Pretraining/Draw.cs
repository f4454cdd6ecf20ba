using Microsoft.ML;

namespace Pretraining;

/// <summary>The rows of one seed: all that there are to learn of without labels, the few of them whose labels are known, and others to test on.</summary>
internal sealed record Draw(IDataView Unlabelled, IDataView Labelled, IDataView Test);
