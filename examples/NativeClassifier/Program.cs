using NativeClassifier;

return App.Run(args, Console.Out, Console.Error);
