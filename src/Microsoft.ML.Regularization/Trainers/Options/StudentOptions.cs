namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The options that a student is trained with: see <see cref="NeuralNetworkOptions.DistillInto"/>.</summary>
internal static class StudentOptions
{
    /// <summary>How much of a time limit the teacher has.</summary>
    public const double TeacherPart = 0.8;

    /// <param name="teacher">The options of a fit that trains a student.</param>
    /// <param name="architecture">The architecture of the teacher's networks.</param>
    public static NeuralNetworkOptions Of(NeuralNetworkOptions teacher, NetworkArchitecture architecture)
    {
        var student = teacher.DistillInto!;
        var alone = teacher with { Architecture = student, DistillInto = null, Members = null, Folds = null, SamplingKeyColumnName = null, Pack = null, Pretrained = null, FineTuning = null };
        return student.GetType() == architecture.GetType() ? alone : OtherKindOptions.Of(alone) with { MaxEpochs = null };
    }

    /// <summary>The recipe of a student: without the smoothing that its targets need no more, and trained on all rows in the end, which costs little beside its teacher.</summary>
    /// <param name="own">What its options, or its architecture, say.</param>
    /// <param name="teacher">The options of the fit, whose augmentations change rows, whatever network learns them.</param>
    public static RegularizationRecipe RecipeOf(RegularizationRecipe own, NeuralNetworkOptions teacher) => OtherKindOptions.RecipeOf(own, teacher) with
    {
        LabelSmoothing = 0,
        LabelSmoothingSchedule = null,
        EarlyStopping = own.EarlyStopping is { RetrainsOnAllRows: null } stopping ? stopping with { RetrainsOnAllRows = true } : own.EarlyStopping,
    };
}
