using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

internal static class Digits
{
    public static IDataView Load(MLContext ml) => ml.Data.LoadFromTextFile(
        Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"),
        [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, 1, 64)],
        separatorChar: ',',
        hasHeader: true);
}
