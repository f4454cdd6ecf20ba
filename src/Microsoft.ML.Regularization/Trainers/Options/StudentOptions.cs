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
        var alone = teacher with { Architecture = student, DistillInto = null, Members = null, Folds = null, SamplingKeyColumnName = null, Pack = null, Pretrained = null };
        return student.GetType() == architecture.GetType() ? alone : OtherKind(alone) with { MaxEpochs = null };
    }

    /// <summary>Options without what describes how a network is trained, but for the epochs: what suits one kind may be far off for another.</summary>
    public static NeuralNetworkOptions OtherKind(NeuralNetworkOptions options) => options with
    {
        Recipe = null,
        Optimizer = null,
        LearningRate = null,
        Schedule = null,
        BatchSize = null,
        DropsLastBatch = null,
        InputScaling = null,
        GradientTolerance = null,
    };

    /// <summary>The recipe of a student: without the smoothing that its targets need no more, and trained on all rows in the end, which costs little beside its teacher.</summary>
    /// <param name="own">What its options, or its architecture, say.</param>
    /// <param name="teacher">The options of the fit, whose augmentations change rows, whatever network learns them.</param>
    public static RegularizationRecipe RecipeOf(RegularizationRecipe own, NeuralNetworkOptions teacher) => OnRowsOf(own, teacher) with
    {
        LabelSmoothing = 0,
        LabelSmoothingSchedule = null,
        EarlyStopping = own.EarlyStopping is { RetrainsOnAllRows: null } stopping ? stopping with { RetrainsOnAllRows = true } : own.EarlyStopping,
    };

    /// <summary>The recipe of a network of another kind that learns the same rows.</summary>
    /// <param name="own">That of its kind.</param>
    /// <param name="options">The options of the fit.</param>
    public static RegularizationRecipe OnRowsOf(RegularizationRecipe own, NeuralNetworkOptions options) => own with
    {
        Augmentations = options.Recipe?.Augmentations ?? own.Augmentations,
        UnmixedEpochs = options.Recipe?.UnmixedEpochs ?? own.UnmixedEpochs,
    };
}
