using Microsoft.ML.Trainers;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>The labels that trainers ask for.</summary>
internal static class LabelShapes
{
    public static SchemaShape.Column Boolean(string name) => TrainerUtils.MakeBoolScalarLabel(name);

    public static SchemaShape.Column Key(string name) => TrainerUtils.MakeU4ScalarColumn(name);

    public static SchemaShape.Column Number(string name) => TrainerUtils.MakeR4ScalarColumn(name);
}
