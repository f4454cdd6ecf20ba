namespace Microsoft.ML.Regularization;

/// <summary>The schedules that a trainer can be given, as members of <see cref="LearningRateSchedule"/>: <c>LearningRateSchedule.Cosine()</c>.</summary>
public static class LearningRateSchedules
{
    extension(LearningRateSchedule)
    {
        /// <summary>A constant learning rate: the default.</summary>
        public static ConstantSchedule Constant => new();

        /// <summary>Cosine decay, after an optional warm-up.</summary>
        /// <param name="warmUpFraction">The share of the run in which the rate first rises, from 0 (none) to below 1 (all of it).</param>
        /// <param name="finalFactor">Factor of the learning rate at the end of the run, from 0 to 1 (a constant rate).</param>
        public static CosineSchedule Cosine(double warmUpFraction = 0, double finalFactor = 0) =>
            new() { WarmUpFraction = warmUpFraction, FinalFactor = finalFactor };

        /// <summary>Linear decay, after an optional warm-up.</summary>
        /// <param name="warmUpFraction">The share of the run in which the rate first rises, from 0 (none) to below 1 (all of it).</param>
        /// <param name="finalFactor">Factor of the learning rate at the end of the run, from 0 to 1 (a constant rate).</param>
        public static LinearSchedule Linear(double warmUpFraction = 0, double finalFactor = 0) =>
            new() { WarmUpFraction = warmUpFraction, FinalFactor = finalFactor };

        /// <summary>A constant learning rate, then cosine decay.</summary>
        /// <param name="flatFraction">The share of the run before the rate falls, from 0 (a cosine throughout) to below 1 (a constant rate).</param>
        /// <param name="finalFactor">Factor of the learning rate at the end of the run, from 0 to 1 (a constant rate).</param>
        public static FlatThenCosineSchedule FlatThenCosine(double flatFraction = 0.7, double finalFactor = 0) =>
            new() { FlatFraction = flatFraction, FinalFactor = finalFactor };

        /// <summary>Cosine waves, each about twice as long as the one before.</summary>
        /// <param name="cycles">Number of waves in the run, from 1 to 16.</param>
        public static LogCosineSchedule LogCosine(int cycles = 4) => new() { Cycles = cycles };

        /// <summary>One cycle: the rate rises and then falls along a cosine; the learning rate is its maximum.</summary>
        /// <param name="warmUpFraction">The share of the run in which the rate rises, above 0 and below 1.</param>
        public static OneCycleSchedule OneCycle(double warmUpFraction = 0.3) => new() { WarmUpFraction = warmUpFraction };

        /// <summary>Step decay: the rate drops at regular intervals of epochs.</summary>
        /// <param name="everyEpochs">Epochs between two drops, at least 1.</param>
        /// <param name="factor">The factor of each drop, above 0 (the rate drops to almost 0) to 1 (no change).</param>
        public static StepSchedule Step(int everyEpochs = 30, double factor = 0.1) => new() { EveryEpochs = everyEpochs, Factor = factor };

        /// <summary>Exponential decay: the rate is multiplied by a factor after every epoch.</summary>
        /// <param name="factorPerEpoch">The factor of each epoch, above 0 (the rate drops to almost 0) to 1 (no change).</param>
        public static ExponentialSchedule Exponential(double factorPerEpoch = 0.95) => new() { FactorPerEpoch = factorPerEpoch };

        /// <summary>The rate is reduced when the loss has not fallen for some epochs.</summary>
        /// <param name="factor">The factor of each reduction, above 0 (the rate drops to almost 0) and below 1 (no change).</param>
        /// <param name="patience">Epochs without improvement after which the rate is reduced, at least 1.</param>
        public static ReduceOnPlateauSchedule ReduceOnPlateau(double factor = 0.1, int patience = 10) => new() { Factor = factor, Patience = patience };
    }
}
